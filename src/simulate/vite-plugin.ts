// Mounts the simulator in a Vite dev server, so that Storybook and browser tests stream over real HTTP and WebSockets.
import type { Plugin } from 'vite';
import { createSimulator, type SimulatorOptions } from './handler.ts';
import { answerNode, requestUrl } from './node-response.ts';
import { serveSockets } from './node-socket.ts';

/** `base` defaults to `/__simulate`. Each plugin has a simulator of its own. */
export function simulatePlugin(options: SimulatorOptions = {}): Plugin {
  const base = options.base ?? '/__simulate';
  const simulator = createSimulator({ ...options, base });
  let leave = (): void => {};
  return {
    name: 'rivulet:simulate',
    apply: 'serve',
    configureServer(vite) {
      // Registered before Vite's own middlewares, none of which may buffer, compress or time out a stream.
      vite.middlewares.use((request, reply, next) => {
        if (requestUrl(request).pathname.startsWith(`${base}/`)) void answerNode(simulator, request, reply);
        else next();
      });
      // Storybook owns the server and lends it to Vite for hot updates.
      const { hmr } = vite.config.server;
      const server = vite.httpServer ?? (typeof hmr === 'object' ? hmr.server : undefined);
      if (!server) return;
      // A lent server outlives a restart of Vite: only the newest of us listens.
      leave();
      const sockets = serveSockets(simulator);
      // Vite's own sockets share the server: only paths below the base are ours.
      const upgrade = (...[request, socket, head]: Parameters<typeof sockets.handle>): void => {
        sockets.handle(request, socket, head);
      };
      server.on('upgrade', upgrade);
      server.on('close', sockets.close);
      // Not called when Vite closes: on a restart the old server closes after the new one has begun.
      leave = () => {
        server.off('upgrade', upgrade);
        server.off('close', sockets.close);
        sockets.close();
      };
    },
  };
}
