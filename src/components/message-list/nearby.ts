// Tells rows when they come near the viewport. One observer for the list; a row asks once and is told once.
import { flushSync } from 'react-dom';

export interface Nearby {
  /** Calls `onNear` once, when the row is near. Returns how to stop asking. */
  watch(row: Element, onNear: () => void): () => void;
  /** Begins to look. Where the page cannot tell, every row counts as near. */
  attach(viewport: Element): () => void;
}

/** How far beyond the viewport counts as near: a fast flick's worth, so that rows are rich before they are seen. */
const margin = '1200px 0px';

export function createNearby(): Nearby {
  const watched = new Map<Element, () => void>();
  let observer: IntersectionObserver | undefined;
  let attached = false;
  const tell = (row: Element): void => {
    const onNear = watched.get(row);
    watched.delete(row);
    observer?.unobserve(row);
    onNear?.();
  };
  return {
    watch(row, onNear) {
      watched.set(row, onNear);
      if (observer !== undefined) observer.observe(row);
      else if (attached) tell(row);
      return () => {
        watched.delete(row);
        observer?.unobserve(row);
      };
    },
    attach(viewport) {
      attached = true;
      if (typeof IntersectionObserver === 'function') {
        observer = new IntersectionObserver(
          (entries) => {
            for (const entry of entries) if (entry.isIntersecting) tell(entry.target);
          },
          { root: viewport, rootMargin: margin },
        );
        for (const row of watched.keys()) observer.observe(row);
      } else {
        for (const row of [...watched.keys()]) tell(row);
      }
      // On paper every row is near. What is rendered in this very event is printed; runs that are near ask for their rows.
      const view = viewport.ownerDocument.defaultView;
      const tellAll = (): void => {
        while (watched.size > 0) flushSync(() => [...watched.keys()].forEach(tell));
      };
      view?.addEventListener('beforeprint', tellAll);
      return () => {
        observer?.disconnect();
        observer = undefined;
        attached = false;
        view?.removeEventListener('beforeprint', tellAll);
      };
    },
  };
}
