import { describe, expect, it } from 'vitest';

describe('simulatePlugin', () => {
  it('streams an answer over real HTTP, piece by piece', async () => {
    const response = await fetch('/__simulate/named-events/chat/stream?tokensPerSecond=200', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Hello' }),
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const pieces: string[] = [];
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) pieces.push(piece.value);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toContain('event: done');
  });
});
