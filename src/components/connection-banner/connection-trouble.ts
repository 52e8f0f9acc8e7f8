// What a reader should know of a connection's state: nothing, or one kind of trouble.
import type { ConnectionState } from '../../connection/connection-state.ts';

export type ConnectionTrouble = 'offline' | 'reconnecting' | 'busy' | 'stalled' | 'interrupted' | 'failed' | 'limit';

export function connectionTrouble(state: ConnectionState): ConnectionTrouble | undefined {
  switch (state.status) {
    case 'offline':
    case 'stalled':
    case 'interrupted':
      return state.status;
    case 'connecting':
      // The first attempt is no news; a further one is.
      return state.attempt > 1 ? 'reconnecting' : undefined;
    case 'waiting':
      if (state.cause.code === 'connection-limit') return 'limit';
      return isBusy(state.cause) ? 'busy' : 'reconnecting';
    case 'closed':
      if (state.reason.kind !== 'failed') return undefined;
      if (state.reason.error.code === 'connection-limit') return 'limit';
      return isBusy(state.reason.error) ? 'busy' : 'failed';
    case 'idle':
    case 'open':
      return undefined;
    default:
      state satisfies never;
  }
}

function isBusy({ code, status }: { readonly code: string; readonly status: number | undefined }): boolean {
  return code === 'rate-limited' || status === 503 || status === 429;
}
