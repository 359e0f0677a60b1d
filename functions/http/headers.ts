const YEAR_SECONDS = 365 * 24 * 3600;

const everywhere = {
  'Strict-Transport-Security': `max-age=${2 * YEAR_SECONDS}; includeSubDomains`,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
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

/** The header set of every page; built files on either platform get it from here too. */
export function securityHeaders(content: { styleHash: string }): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      `style-src '${content.styleHash}'`,
      "script-src 'self'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    ...everywhere,
  };
}

/** Built files with a hash in their name never change; pages are asked for again each time. */
export function cacheControl(path: string): string {
  return path.startsWith('/_astro/')
    ? `public, max-age=${YEAR_SECONDS}, immutable`
    : 'public, max-age=0, must-revalidate';
}

/** The same headers as a `_headers` file, for platforms that serve built files before any code runs. */
export function headersFile(headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return `/*\n${lines.join('\n')}\n\n/_astro/*\n  Cache-Control: ${cacheControl('/_astro/')}\n`;
}
