import { useCountdown, type ConnectionState } from 'rivulet/hooks';

/** One line about the connection, and nothing while all is well. */
export function ConnectionLine({ connection }: { readonly connection: ConnectionState }) {
  const seconds = useCountdown(connection.status === 'waiting' ? connection.retryAt : undefined);
  const text = textOf(connection.status, seconds);
  return <output>{text}</output>;
}

function textOf(status: ConnectionState['status'], seconds: number | undefined): string {
  switch (status) {
    case 'offline':
      return 'You are offline. The answer goes on when you are back.';
    case 'waiting':
      return `The connection is lost. Trying again in ${seconds ?? 0} s.`;
    case 'stalled':
      return 'Nothing has come for a while.';
    default:
      return '';
  }
}
