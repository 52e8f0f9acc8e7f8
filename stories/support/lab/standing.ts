// For the tests of stories that the lab holds.
import { waitFor } from 'storybook/test';

export async function standing(at: number | 'somewhere'): Promise<void> {
  await waitFor(
    () => {
      const stands = document.documentElement.getAttribute('data-lab-at');
      if (at === 'somewhere' ? stands === null : stands !== String(at)) throw new Error(`It stands at ${stands}`);
    },
    { timeout: 20_000 },
  );
}

/** Ids that React counts up differ from one showing to the next, and nothing else may. */
export function documentOf(element: HTMLElement): string {
  return element.innerHTML.replaceAll(/_r_\w+_|«r\w+»/g, 'id');
}
