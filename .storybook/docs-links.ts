// The pages of docs/ by the names they have in Storybook, and the links between them.

/** Its folder and its first heading. A folder's README is its overview. */
export function titleOf(file: string, text: string): string {
  const heading = /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '').replaceAll('/', ' or ') ?? file;
  const folders = file.split('/').slice(0, -1).map(capital);
  const name = file.endsWith('README.md') ? 'Overview' : heading;
  return ['Docs', ...folders, name].join('/');
}

/** Where a link between two pages leads in Storybook. `undefined`: it leads to no page. */
export function pageLink(href: string, from: string, titles: Readonly<Record<string, string>>): string | undefined {
  const [path = '', hash = ''] = href.split('#');
  if (path === '' || /^[a-z]+:/i.test(path)) return undefined;
  const steps = from.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  const title = titles[steps.join('/')];
  if (title === undefined) return undefined;
  return `./?path=/docs/${idOf(title)}--docs${hash === '' ? '' : `#${hash}`}`;
}

/** As Storybook makes ids of titles. */
function idOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[ ’–—―′¿'`~!@#$%^&*()_|+\-=?;:'",.<>{}[\]\\/]/gi, '-')
    .replaceAll(/-+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
