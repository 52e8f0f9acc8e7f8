// A `WebSocket` that is answered inside the page: as much of the standard's interface as clients use, over the same
// sessions as the real sockets.
import type { Simulator } from './handler.ts';
import { type Handshake, shakeHands, type SocketSession } from './socket.ts';

/** A class to be used in place of `WebSocket`; every instance talks to `simulator`. */
export function createSimulatedWebSocket(simulator: Simulator): typeof WebSocket {
  class SimulatedWebSocket extends EventTarget {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly CLOSING = 2;
    static readonly CLOSED = 3;
    readonly CONNECTING = 0;
    readonly OPEN = 1;
    readonly CLOSING = 2;
    readonly CLOSED = 3;
    readonly url: string;
    readonly protocol: string;
    readonly extensions = '';
    readonly bufferedAmount = 0;
    binaryType: BinaryType = 'blob';
    readyState = 0;
    onopen: ((event: Event) => void) | null = null;
    onmessage: ((event: MessageEvent) => void) | null = null;
    onerror: ((event: Event) => void) | null = null;
    onclose: ((event: CloseEvent) => void) | null = null;
    #session: SocketSession | undefined;

    constructor(url: string | URL, protocols: string | readonly string[] = []) {
      super();
      const address = new URL(url, globalThis.location?.href);
      this.url = address.href;
      this.protocol = typeof protocols === 'string' ? protocols : (protocols[0] ?? '');
      // Nobody can listen before the constructor has returned.
      queueMicrotask(() => this.#connect(shakeHands(simulator, address)));
    }

    send(message: string): void {
      if (this.readyState === 0) throw new DOMException('The socket is not open yet', 'InvalidStateError');
      if (this.readyState === 1) this.#session?.receive(message);
    }

    close(code = 1005, reason = ''): void {
      if (this.readyState >= 2) return;
      this.readyState = 2;
      queueMicrotask(() => this.#end(code, reason, true));
    }

    #connect(handshake: Handshake): void {
      if (this.readyState !== 0) return;
      if (handshake.type === 'cut' && handshake.end === 'hang') return;
      if (handshake.type !== 'accept') {
        this.#fail();
        return;
      }
      this.#session = handshake.open({
        send: async (message) => this.#deliver(message),
        close: (code) => this.#end(code, '', true),
        cut: () => this.#fail(),
      });
      this.readyState = 1;
      this.#tell(new Event('open'));
    }

    #deliver(message: string | Uint8Array): void {
      if (this.readyState !== 1) return;
      const data = typeof message === 'string' ? message : this.#pack(message);
      this.#tell(new MessageEvent('message', { data }));
    }

    #pack(bytes: Uint8Array): Blob | ArrayBuffer {
      const copy = new Uint8Array(bytes).buffer;
      return this.binaryType === 'blob' ? new Blob([copy]) : copy;
    }

    #fail(): void {
      if (this.readyState === 3) return;
      this.#tell(new Event('error'));
      this.#end(1006, '', false);
    }

    #end(code: number, reason: string, wasClean: boolean): void {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.#session?.closed();
      // Built from a plain Event: the standard's CloseEvent is missing where there are no sockets.
      this.#tell(Object.assign(new Event('close'), { code, reason, wasClean }));
    }

    /** Listeners and the `on…` property, whichever a client uses. */
    #tell(event: Event): void {
      this.dispatchEvent(event);
      if (event.type === 'open') this.onopen?.(event);
      else if (event.type === 'error') this.onerror?.(event);
      else if (event.type === 'close') this.onclose?.(event as CloseEvent);
      else if (event instanceof MessageEvent) this.onmessage?.(event);
    }
  }
  // EventTarget's typed overloads for each event cannot be written in a class; the members are all there.
  return SimulatedWebSocket as unknown as typeof WebSocket;
}
