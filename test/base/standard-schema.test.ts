import { describe, expect, it } from 'vitest';
import { parseWith, type StandardSchema } from '../../src/base/standard-schema.ts';

const number = (value: unknown): number => {
  if (typeof value !== 'number') throw new TypeError('Not a number.');
  return value;
};

function schema(validate: StandardSchema<number>['~standard']['validate']): StandardSchema<number> {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('parseWith', () => {
  it('gives what a function or a schema makes of the value', () => {
    expect(parseWith(number, 1)).toBe(1);
    expect(
      parseWith(
        schema((value) => ({ value: Number(value) })),
        '2',
      ),
    ).toBe(2);
  });

  it('waits for those that are asynchronous', async () => {
    expect(
      await parseWith(
        schema(async () => ({ value: 3 })),
        0,
      ),
    ).toBe(3);
    expect(await parseWith(async () => 4, 0)).toBe(4);
  });

  it('refuses what does not fit, and names the field', async () => {
    const issues = [{ message: 'no', path: ['a', { key: 'b' }, 0] }];
    expect(() => parseWith(number, 'x')).toThrow(expect.objectContaining({ code: 'invalid-chunk' }));
    expect(() =>
      parseWith(
        schema(() => ({ issues })),
        1,
      ),
    ).toThrow(expect.objectContaining({ field: 'a.b.0' }));
    await expect(
      parseWith(
        schema(async () => ({ issues })),
        1,
      ),
    ).rejects.toMatchObject({ field: 'a.b.0' });
    await expect(parseWith(async () => number('x'), 1)).rejects.toMatchObject({ code: 'invalid-chunk' });
  });

  it('takes a schema that is also a function for a schema', () => {
    const both = Object.assign(
      () => ({ problems: [] }),
      schema((value) => ({ value: Number(value) })),
    );
    expect(parseWith(both, 5)).toBe(5);
  });
});
