import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { useConnectionStatus } from '../../src/hooks/use-connection-status.ts';
import { useCountdown } from '../../src/hooks/use-countdown.ts';
import { useEventStream } from '../../src/hooks/use-event-stream.ts';
import { createPuppetTransport } from '../support/puppet-transport.ts';

describe('on a server', () => {
  it('renders an event stream as idle, and connects to nothing', () => {
    const transport = createPuppetTransport();
    function Feed() {
      const { connection, events, latest } = useEventStream({ url: '/feed', transport });
      return `${connection.status} ${events.length} ${String(latest)}`;
    }
    expect(renderToString(<Feed />)).toBe('idle 0 undefined');
    expect(transport.attempts).toHaveLength(0);
  });

  it('is online, and idle, and counts down nothing', () => {
    function Banner() {
      const { status, online, quality } = useConnectionStatus();
      return `${status} ${String(online)} ${quality.level} ${String(useCountdown(5_000))}`;
    }
    expect(renderToString(<Banner />)).toBe('idle true good undefined');
  });
});
