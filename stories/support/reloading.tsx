// A page that can be reloaded without leaving the story: what was on it goes as at a real reload, with a last word to the
// storage and nothing after it, and a new page finds what the storage kept.
import { type ReactElement, type ReactNode, useState } from 'react';
import { type ChatOptions, type ChatStorage, chatStorage } from '../../src/core.ts';
import type { UseChatStreamResult } from '../../src/hooks.ts';
import { useStoryChat, type StoryChatOptions } from './use-story-chat.ts';

interface ReloadingProps {
  readonly stream: StoryChatOptions;
  children(result: UseChatStreamResult): ReactNode;
}

interface Page {
  readonly storage: ChatStorage;
  /** Returns the page that comes after it. */
  leave(): Page;
}

export function Reloading({ stream, children }: ReloadingProps): ReactElement {
  const [{ page, count }, setLoaded] = useState(() => ({ page: openPage(new Map()), count: 0 }));
  const reload = (): void => setLoaded({ page: page.leave(), count: count + 1 });
  return (
    <>
      <button type="button" onClick={reload}>
        Reload the page
      </button>
      <Loaded key={count} stream={stream} persist={page.storage}>
        {children}
      </Loaded>
    </>
  );
}

function Loaded({ stream, persist, children }: ReloadingProps & Required<Pick<ChatOptions, 'persist'>>): ReactElement {
  return <>{children(useStoryChat(stream, { id: 'kept', persist }))}</>;
}

function openPage(kept: Map<string, string>): Page {
  const hides = new Set<() => void>();
  let gone = false;
  return {
    storage: chatStorage({
      read: (id) => kept.get(id),
      write(id, record) {
        if (gone) return;
        if (record === undefined) kept.delete(id);
        else kept.set(id, record);
      },
      watchHide(onHide) {
        hides.add(onHide);
        return () => void hides.delete(onHide);
      },
    }),
    leave() {
      for (const hide of [...hides]) hide();
      gone = true;
      return openPage(kept);
    },
  };
}
