import { expect, it, onTestFinished, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { CodeBlock } from '../../../src/markdown.ts';

it('hands the code to the browser as a file, named by its language', async () => {
  const files: Blob[] = [];
  const names: string[] = [];
  const create = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return create(file);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  const page = await render(<CodeBlock code={'let tide;\n'} language="c++/../x" />);
  await page.getByRole('button', { name: 'Download code' }).click();
  expect(names).toEqual(['code.cx']);
  expect(await files[0]?.text()).toBe('let tide;\n');
});
