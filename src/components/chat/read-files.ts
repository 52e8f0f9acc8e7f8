// Files as parts of a message: their bytes as base64, so that any protocol can send them.
import type { FilePart } from '../../message/message.ts';

export function readFiles(files: readonly File[]): Promise<readonly Omit<FilePart, 'type' | 'id'>[]> {
  return Promise.all(files.map(readFile));
}

async function readFile(file: File): Promise<Omit<FilePart, 'type' | 'id'>> {
  const url = await dataUrl(file);
  return {
    mediaType: file.type === '' ? 'application/octet-stream' : file.type,
    base64: url.slice(url.indexOf(',') + 1),
    name: file.name,
  };
}

/** The platform's own base64 works on blobs of any size; `btoa` would need the bytes as one string of characters. */
function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
