// Ids that no other page will make. The only door to randomness besides the connection's jitter.

/** A UUID where the page may have one (`crypto.randomUUID` needs a secure context), else as many random bits. */
export function randomId(): string {
  if (typeof crypto !== 'undefined' && typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  let id = '';
  while (id.length < 32)
    id += Math.floor(Math.random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return id;
}
