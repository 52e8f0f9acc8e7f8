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

/** What WebDriver calls an element's name. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

interface DriverRequest {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: HeadersInit;
}

function askInItsWords<Request extends DriverRequest>(request: Request): Request {
  const { method, body } = request;
  if (method !== 'POST' || typeof body !== 'string') return request;
  if (body.includes('"capabilities":{"alwaysMatch"')) return withBody(request, session);
  if (body.includes('"type":"wheel"')) return withBody(request, turnedBackElsewhere(body));
  const frame = frameOf(body);
  return frame === undefined ? request : withBody(request, JSON.stringify({ id: frame }));
}

interface WheelActions {
  readonly actions: readonly { readonly type: string; readonly actions: readonly object[] }[];
}

/**
 * The driver keeps how far the wheel stands turned, and turns it back when the actions are released, which would take the
 * reader back. So it is turned back at once, with the pointer at a place below the list, where nothing scrolls.
 */
function turnedBackElsewhere(body: string): string {
  const { actions } = JSON.parse(body) as WheelActions;
  const below = { type: 'scroll', x: 1, y: 500, deltaX: 0, deltaY: 0, duration: 0, origin: 'viewport' };
  return JSON.stringify({
    actions: actions.map((source) =>
      source.type === 'wheel' ? { ...source, actions: [...source.actions, below] } : source,
    ),
  });
}

/** The frame to switch to, without all that webdriverio knows of it: the driver takes an element's name alone. */
function frameOf(body: string): object | undefined {
  const { id } = JSON.parse(body) as { readonly id?: Readonly<Record<string, unknown>> | null };
  return id?.[elementKey] === undefined ? undefined : { [elementKey]: id[elementKey] };
}

function withBody<Request extends DriverRequest>(request: Request, body: string): Request {
  const headers = new Headers(request.headers);
  headers.set('content-length', String(Buffer.byteLength(body)));
  return { ...request, headers, body };
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
    },
  ),
);
