// Which words a reader gets for an error. Decided by code and status, never by its message.
import type { MessageError } from '../../message/message.ts';
import type { LabelKey } from '../../labels/labels.ts';

export type ErrorLabelKey = Extract<LabelKey, `error${string}` | 'connectionLimit'>;

const byCode: Readonly<Record<string, ErrorLabelKey>> = {
  'closed-early': 'errorInterrupted',
  gap: 'errorInterrupted',
  'retries-exhausted': 'errorNetwork',
  'connect-failed': 'errorNetwork',
  'connection-limit': 'connectionLimit',
  'headers-timeout': 'errorTimeout',
  'idle-timeout': 'errorTimeout',
  deadline: 'errorTimeout',
  unauthorized: 'errorUnauthorized',
  'rate-limited': 'errorRateLimited',
  refused: 'errorRefused',
  failed: 'errorServer',
  'empty-stream': 'errorServer',
  redirected: 'errorServer',
  'wrong-content-type': 'errorServer',
  'invalid-chunk': 'errorServer',
  'malformed-frame': 'errorServer',
  'buffer-exceeded': 'errorTooLarge',
};

export function errorLabel({
  code,
  status,
}: Pick<MessageError, 'code'> & { readonly status?: number | undefined }): ErrorLabelKey {
  if (code === 'http-status' || code === 'failed') {
    if (status === 401) return 'errorUnauthorized';
    if (status === 429) return 'errorRateLimited';
    if (status === 413) return 'errorTooLarge';
    if (status === 403) return 'errorRefused';
    if (status !== undefined) return 'errorServer';
  }
  return byCode[code] ?? 'errorGeneric';
}
