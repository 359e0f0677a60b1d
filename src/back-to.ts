/**
 * Where a page of one thing leads back to: its list as it was left, with its filters and its page, when the browser comes
 * from there; else the list as it is.
 */
export function backTo(request: Request, list: string): string {
  const from = request.headers.get('Referer');
  if (from === null || !URL.canParse(from)) return list;
  const { pathname, search } = new URL(from);
  const [path] = list.split('?');
  return pathname === path && search !== '' ? pathname + search : list;
}
