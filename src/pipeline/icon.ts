import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { cacheControl } from '../../functions/ground/http/headers.ts';
import { drawingOf } from '../../functions/ground/identity/drawing.ts';
import type { Identity } from '../../functions/ground/identity/identity.ts';
import { paletteOf } from '../../functions/ground/identity/palette.ts';
import type { SiteDeps } from './deps.ts';
import { isBusy } from './when-it-fails.ts';

/** The logo, or the drawing in the accent colour: what the browser's tab shows. */
export async function answerIcon(c: Context, deps: SiteDeps): Promise<Response> {
  const { identity } = await faceNow(deps);
  return answerSvg(c, (await pictureOf(identity, deps)) ?? inAccent(identity));
}

/** The same on a ground that a device may cut into any shape: what matters lies in the middle. */
export async function answerMaskable(c: Context, deps: SiteDeps): Promise<Response> {
  const { identity } = await faceNow(deps);
  const { card } = paletteOf(identity.accent, 'light');
  const picture = Buffer.from((await pictureOf(identity, deps)) ?? inAccent(identity)).toString('base64');
  const inside = `<image href="data:image/svg+xml;base64,${picture}" x="7" y="7" width="18" height="18"/>`;
  const ground = `<rect width="32" height="32" fill="${card}"/>`;
  return answerSvg(c, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ground}${inside}</svg>`);
}

function answerSvg(c: Context, svg: string): Response {
  const etag = `"${createHash('sha256').update(svg).digest('base64url').slice(0, 22)}"`;
  const headers = { 'Cache-Control': cacheControl('/icon.svg'), ETag: etag };
  if (c.req.header('If-None-Match') === etag) return new Response(null, { status: 304, headers });
  return new Response(svg, { headers: { ...headers, 'Content-Type': 'image/svg+xml' } });
}

const inAccent = (identity: Identity) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" color="${identity.accent}">${drawingOf(identity)}</svg>`;

/** The picture that was given, a PNG inside of an SVG; null while there is none, or nobody can read it. */
async function pictureOf({ logoFile }: Identity, { findLogo }: SiteDeps): Promise<string | null> {
  if (logoFile === null) return null;
  try {
    const picture = await findLogo(logoFile);
    if (picture === null || logoFile.endsWith('.svg')) return picture && new TextDecoder().decode(picture);
    const data = Buffer.from(picture).toString('base64');
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><image href="data:image/png;base64,${data}" width="32" height="32"/></svg>`;
  } catch (error) {
    if (!isBusy(error)) throw error;
    return null;
  }
}

export async function faceNow({ face, lastFace }: SiteDeps) {
  try {
    return await face();
  } catch (error) {
    if (!isBusy(error)) throw error;
    return lastFace();
  }
}
