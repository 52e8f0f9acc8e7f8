// Chats in the browser's own storage, one page at a time.
import type { ChatStorage } from '../store/stored-chat.ts';
import { chatStorage, type ChatStorageOptions } from './chat-storage.ts';

export interface LocalChatStorageOptions extends ChatStorageOptions {
  /** Before the chat's id in the key. Default `rivulet:chat:`. */
  readonly prefix?: string;
  /** Default `localStorage`. */
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Default `navigator.locks`, where there is one; without, every page may write. */
  readonly locks?: Pick<LockManager, 'request'>;
}

/** Give the chat an `id` that is the same after a reload. Where there is no such storage, on a server say, nothing is kept. */
export function localChatStorage(options: LocalChatStorageOptions = {}): ChatStorage {
  const { prefix = 'rivulet:chat:' } = options;
  // Looked up when it is used: merely naming it throws where a page may not have it.
  const storage = () => options.storage ?? (typeof localStorage === 'undefined' ? undefined : localStorage);
  return chatStorage(
    {
      read: (id) => storage()?.getItem(prefix + id),
      write(id, record) {
        if (record === undefined) storage()?.removeItem(prefix + id);
        else storage()?.setItem(prefix + id, record);
      },
      lock(id, onHeld) {
        const locks = options.locks ?? (typeof navigator === 'undefined' ? undefined : navigator.locks);
        if (locks === undefined) {
          onHeld();
          return () => undefined;
        }
        const controller = new AbortController();
        const released = new Promise<void>((resolve) => {
          controller.signal.addEventListener('abort', () => resolve());
        });
        const hold = () => {
          onHeld();
          return released;
        };
        // Rejects only because it was no longer wanted, or because the page may not lock; then every page may write.
        locks.request(prefix + id, { signal: controller.signal }, hold).catch(() => {
          if (!controller.signal.aborted) onHeld();
        });
        return () => controller.abort();
      },
      watchHide(onHide) {
        if (typeof window === 'undefined') return () => undefined;
        window.addEventListener('pagehide', onHide);
        return () => window.removeEventListener('pagehide', onHide);
      },
    },
    options,
  );
}
