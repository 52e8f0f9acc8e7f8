// Opens a chat's turns on real parts: the transport, and the request as the options of the moment say it.
import { askOption } from '../base/ask-option.ts';
import type { ChatPorts } from '../store/chat.ts';
import { runTurn } from '../store/turn.ts';
import { fetchTransport } from '../transport/fetch.ts';
import type { Transport } from '../transport/transport.ts';
import type { ChatOptions } from './chat-options.ts';
import type { Platform } from './platform.ts';
import { composeRequest } from './request.ts';

export type TurnSettings = Omit<ChatOptions, 'initialMessages' | 'whenBusy' | 'throttleMs'>;

/** `settings` are read when a turn starts, and hold for all of it. */
export function turnOpener(settings: () => TurnSettings, platform: Platform): ChatPorts['openTurn'] {
  return (input, turnOptions, { base, standing, arrival, resume }) => {
    const options = settings();
    const transport = transportOf(options);
    const adapter = options.schemas?.check(options.protocol, options.onDiagnostic) ?? options.protocol;
    return runTurn({
      ...platform,
      adapter,
      input,
      transport,
      base,
      standing,
      resume,
      onArrival: arrival,
      limits: options.limits,
      retry: options.retry,
      idempotent: options.idempotent,
      resumeHeaders: options.resumeHeaders,
      canRefresh: typeof options.headers === 'function',
      onDiagnostic: options.onDiagnostic,
      async buildRequest(draft, context) {
        const { prepareRequest } = options;
        const prepared = prepareRequest ? await askOption('prepareRequest', () => prepareRequest(draft, input)) : draft;
        return composeRequest({ draft: prepared, options, turnOptions, adapter }, context);
      },
    });
  };
}

function transportOf({ transport, fetch }: Pick<ChatOptions, 'transport' | 'fetch'>): Transport {
  return transport ?? fetchTransport(fetch === undefined ? {} : { fetch });
}
