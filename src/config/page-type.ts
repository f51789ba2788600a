import type { ContentType } from '../model/body.ts';

const typeByExtension: Readonly<Record<string, ContentType | undefined>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  json: 'application/json',
  xml: 'text/xml',
};

/** The content type that the extension of a page file stands for; undefined where it is none of the five. */
export function pageType(path: string): ContentType | undefined {
  return typeByExtension[/\.([a-z]+)$/.exec(path)?.[1] ?? ''];
}
