const YEAR_SECONDS = 365 * 24 * 3600;

const permissions = (camera: 'camera=()' | 'camera=(self)') =>
  `${camera}, geolocation=(), microphone=(), payment=()`;

const everywhere = {
  'Strict-Transport-Security': `max-age=${2 * YEAR_SECONDS}; includeSubDomains`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': permissions('camera=()'),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What every answer of the API is sent with, for programs alone and never kept by anything between. */
export const apiHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ...everywhere,
  'Cache-Control': 'no-store',
};

/** What a page may load; styles are its own sheets, by their hashes. */
export function pagePolicy(styleHashes: readonly string[]): string {
  const styles = styleHashes.map((hash) => `'${hash}'`).join(' ');
  return [
    "default-src 'none'",
    ...(styles === '' ? [] : [`style-src ${styles}`]),
    "script-src 'self'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What the one page that reads cards by the camera is sent with in place of that. */
export const tillHeaders = { 'Permissions-Policy': permissions('camera=(self)') };

/** The headers of every answer beside the API; a page brings the policy of its own sheet. */
export const siteHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': pagePolicy([]),
  ...everywhere,
};

/** What never changes under its address. */
export const immutable = `public, max-age=${YEAR_SECONDS}, immutable`;

/** Built files with a hash in their name never change; others are asked for again each time. */
export function cacheControl(path: string): string {
  return path.startsWith('/_astro/') ? immutable : 'public, max-age=0, must-revalidate';
}

/** The same headers as a `_headers` file, for platforms that serve built files before any code runs. */
export function headersFile(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return `/*\n${lines.join('\n')}\n\n/_astro/*\n  Cache-Control: ${cacheControl('/_astro/')}\n`;
}
