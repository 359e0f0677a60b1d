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
