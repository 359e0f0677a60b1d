/** What is in the names of programs that read pages for themselves: crawlers, previews of links, watchers, tools. */
const robots: readonly string[] = [
  ...['bot', 'crawl', 'spider', 'slurp', 'preview', 'scan', 'monitor', 'uptime', 'check', 'fetch', 'archiv'],
  ...['headless', 'lighthouse', 'curl', 'wget', 'python', 'java/', 'go-http', 'okhttp', 'axios', 'node'],
  ...['php', 'ruby', 'perl', 'http://', 'https://'],
];

/** Whether somebody reads, as far as it is told: not a program that says so, or says nothing, nor a browser before it is asked. */
export function isReader(headers: Pick<Headers, 'get'>): boolean {
  // Cubot makes telephones.
  const name = (headers.get('User-Agent') ?? '').toLowerCase().replaceAll('cubot', '');
  if (name === '' || robots.some((word) => name.includes(word))) return false;
  const purpose = headers.get('Sec-Purpose') ?? headers.get('Purpose') ?? '';
  return !purpose.includes('prefetch');
}
