import type { APIRoute } from 'astro';

/** Mail styles itself, and its links lead the whole window on; scripts, forms and anything from elsewhere stay out. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  'sandbox allow-top-navigation-by-user-activation',
].join('; ');

/** One mail of the mailbox as a mail program shows it. */
export const GET: APIRoute = async ({ locals, params }) => {
  const [mail] = (await locals.visit.listMailbox?.({ id: params.id ?? '' })) ?? [];
  if (mail === undefined) return new Response('', { status: 404 });
  const html = mail.html.replace('<head>', '<head>\n<base target="_top">');
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
    },
  });
};
