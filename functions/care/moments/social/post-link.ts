import { plainLink } from '../../../voice/feedback/mentions/mention.ts';

/** What one post is known by, however its link was copied: over https, without `www.`, tracking, fragment and slash at its end. */
export function postLink(typed: string): string {
  const link = new URL(plainLink(typed));
  link.protocol = 'https:';
  link.hostname = link.hostname.replace(/^(www|m|mobile)\./, '');
  link.hash = '';
  if (link.pathname.endsWith('/')) link.pathname = link.pathname.slice(0, -1);
  return link.pathname === '/' && link.search === '' ? link.origin : link.href;
}

const LAST = '\u{10ffff}';

/**
 * Between which texts, both included, links lie that may mean the post of a {@link postLink} in another spelling: what was logged
 * before links were brought into one form stays as it was written.
 */
export function spellingsOf(link: string): readonly (readonly [from: string, until: string])[] {
  const { host, pathname } = new URL(link);
  const path = pathname === '/' ? '' : pathname;
  const begins = ['https', 'http'].flatMap((scheme) =>
    ['', 'www.', 'm.', 'mobile.'].flatMap((part) =>
      [...new Set([path, readable(path)])].map((end) => `${scheme}://${part}${host}${end}`),
    ),
  );
  return begins
    .flatMap((begin) => [begin, `${begin}/`])
    .flatMap((begin) => [
      [begin, begin] as const,
      ...['?', '#'].map((mark) => [begin + mark, begin + mark + LAST] as const),
    ]);
}

/** A path as people write it, where it can be read so. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
