import { describe, expect, it, vi } from 'vitest';
import { createBrowserEnvironment, type EnvironmentChange } from '../../src/connection/environment.ts';
import { createFakeClock } from '../support/fake-clock.ts';

function setUp() {
  const clock = createFakeClock();
  const environment = createBrowserEnvironment(clock);
  const changes: EnvironmentChange[] = [];
  const leave = environment.subscribe((change) => changes.push(change));
  return { clock, environment, changes, leave };
}

function setVisibility(state: DocumentVisibilityState) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  document.dispatchEvent(new Event('visibilitychange'));
}

const pageEvent = (type: 'pagehide' | 'pageshow', persisted: boolean) => new PageTransitionEvent(type, { persisted });

describe('createBrowserEnvironment', () => {
  it('tells what the browser tells', () => {
    const { changes, leave } = setUp();
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    setVisibility('hidden');
    setVisibility('visible');
    window.dispatchEvent(pageEvent('pagehide', true));
    window.dispatchEvent(pageEvent('pageshow', true));
    leave();
    expect(changes).toEqual(['offline', 'online', 'visible', 'freeze', 'thaw']);
  });

  it('takes no notice of a page that is left for good, or loads for the first time', () => {
    const { changes, leave } = setUp();
    window.dispatchEvent(pageEvent('pagehide', false));
    window.dispatchEvent(pageEvent('pageshow', false));
    leave();
    expect(changes).toEqual([]);
  });

  it('notices a sleep by a timer that comes far too late, and not one that is merely throttled', () => {
    const { clock, changes, leave } = setUp();
    clock.advance(60_000);
    expect(changes).toEqual([]);
    clock.sleep(4_000);
    clock.advance(20_000);
    expect(changes).toEqual([]);
    clock.sleep(3_600_000);
    clock.advance(15_000);
    expect(changes).toEqual(['wake']);
    leave();
  });

  it('listens only while someone is subscribed', () => {
    const added = vi.spyOn(window, 'addEventListener');
    const removed = vi.spyOn(window, 'removeEventListener');
    const clock = createFakeClock();
    const environment = createBrowserEnvironment(clock);
    expect(added).not.toHaveBeenCalled();
    const leave = environment.subscribe(() => undefined);
    const leaveToo = environment.subscribe(() => undefined);
    const listeners = added.mock.calls.length;
    leave();
    leave();
    expect(removed).not.toHaveBeenCalled();
    leaveToo();
    expect(removed).toHaveBeenCalledTimes(listeners);
    expect(clock.timers).toBe(0);
    vi.restoreAllMocks();
  });

  it('says whether there is a network', () => {
    const { environment, leave } = setUp();
    expect(environment.online).toBe(true);
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    expect(environment.online).toBe(false);
    vi.restoreAllMocks();
    leave();
  });

  it('knows that plain http is limited, and what the browser tells of the rest', () => {
    const { environment, leave } = setUp();
    const told = { name: 'https://one.test/x.js', nextHopProtocol: 'http/1.1' };
    const shared = { name: 'https://two.test/x.js', nextHopProtocol: 'h2' };
    const hidden = { name: 'https://three.test/x.js', nextHopProtocol: '' };
    performance.getEntriesByType = (type) => (type === 'resource' ? [told, shared, hidden] : []) as never;
    expect(environment.route('http://plain.test/a')).toEqual({ origin: 'http://plain.test', limit: 6 });
    expect(environment.route('https://one.test/a')).toEqual({ origin: 'https://one.test', limit: 6 });
    expect(environment.route('https://two.test/a')).toEqual({ origin: 'https://two.test', limit: Infinity });
    expect(environment.route('https://three.test/a')).toEqual({ origin: 'https://three.test', limit: undefined });
    expect(environment.route('/here')).toMatchObject({ origin: location.origin });
    expect(environment.route('data:text/plain,x')).toBeUndefined();
    expect(environment.route('http://')).toBeUndefined();
    Reflect.deleteProperty(performance, 'getEntriesByType');
    leave();
  });
});
