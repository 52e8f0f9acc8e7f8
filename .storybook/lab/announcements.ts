// Listens to the page's live regions as a screen reader would: to what they hold after each change, not to their mounting.
import type { Announcement } from '../../stories/support/lab/timeline.ts';

const regions = '[role=status],[role=alert],[aria-live=polite],[aria-live=assertive]';

export function listenToRegions(root: Node, hear: (said: Announcement) => void): () => void {
  const observer = new MutationObserver((records) => {
    const changed = new Set<Element>();
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest(regions);
      if (region) changed.add(region);
    }
    for (const region of changed) {
      const text = (region.textContent ?? '').trim();
      if (text !== '') hear({ urgency: isAssertive(region) ? 'assertive' : 'polite', text });
    }
  });
  observer.observe(root, { subtree: true, childList: true, characterData: true });
  return () => observer.disconnect();
}

function isAssertive(region: Element): boolean {
  return region.getAttribute('aria-live') === 'assertive' || region.getAttribute('role') === 'alert';
}
