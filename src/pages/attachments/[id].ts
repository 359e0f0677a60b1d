import type { APIRoute } from 'astro';
import { getContactFile } from '../../../functions/care/contacts/get-contact-file.ts';
import { getReturnFile } from '../../../functions/care/returns/get-return-file.ts';
import { getAttachment } from '../../../functions/voice/feedback/get-attachment.ts';
import { orNull } from '../../attempt.ts';

/** A file that came with feedback, for its author and for staff, or with a mail in the log, for staff; whatever it holds, it can do nothing. */
export const GET: APIRoute = async ({ params, url, locals }) => {
  const asked = { id: params.id ?? '', proof: url.searchParams.get('proof') };
  const { ctx, staff } = locals.visit;
  const file =
    (await orNull(getAttachment(ctx, asked))) ??
    (await orNull(getReturnFile(ctx, { id: asked.id }))) ??
    (staff ? await orNull(getContactFile(ctx, { id: asked.id })) : null);
  if (file === null) return new Response('', { status: 404 });
  const disposition = file.isPicture ? 'inline' : 'attachment';
  return new Response(file.bytes, {
    headers: {
      'Content-Type': file.mediaType,
      'Content-Disposition': `${disposition}; filename*=UTF-8''${encoded(file.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'private, no-store',
    },
  });
};

/** As RFC 8187 wants names. */
const encoded = (name: string) =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
