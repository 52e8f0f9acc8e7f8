// Runs browser tests in WebKitGTK: `npm run test:webkit`. Needs Debian's webkit2gtk-driver and xvfb.
import { globSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { defineConfig } from 'vitest/config';
import { webdriverio } from './node_modules/@vitest/browser-webdriverio/dist/index.js';
import { inOtherBrowser, missing } from '../other-browser.ts';

const [driver] = globSync('/usr/bin/WebKitWebDriver');
const [xvfb] = globSync('/usr/bin/xvfb-run');
const [binary] = globSync('/usr/lib/*/webkit2gtk-4.{0,1}/MiniBrowser').toReversed();
if (driver === undefined || xvfb === undefined || binary === undefined) {
  missing('The WebKit tests need WebKitGTK and none was found: run `apt-get install webkit2gtk-driver xvfb`.');
}

const port = await freePort();

// The driver knows no vendor-neutral way to name its browser, so the session is asked for in its own words.
const session = JSON.stringify({
  capabilities: {
    alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
  },
});

interface DriverRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: HeadersInit;
}

function askInItsWords<Request extends DriverRequest>(request: Request): Request {
  const { method, body } = request;
  if (method !== 'POST' || typeof body !== 'string' || !body.includes('"capabilities"')) return request;
  const headers = new Headers(request.headers);
  headers.set('content-length', String(Buffer.byteLength(session)));
  return { ...request, headers, body: session };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
}

export default defineConfig(
  inOtherBrowser(
    'webkit',
    {
      headless: false,
      provider: webdriverio({
        hostname: '127.0.0.1',
        port,
        path: '/',
        logLevel: 'error',
        capabilities: { 'wdio:enforceWebDriverClassic': true } as never,
        transformRequest: askInItsWords as never,
      }),
      instances: [{ browser: 'safari', viewport: { width: 800, height: 600 } }],
    },
    {
      globalSetup: 'test/compat/webkit/driver.ts',
      provide: { webkitDriverPort: port },
      // The driver refuses the frame that webdriverio names, so Vitest cannot press keys and buttons in its tests' frame.
      without: ['counts what came unread', '10: scrolls by keyboard', 'useChatStream, in a browser'],
    },
  ),
);
