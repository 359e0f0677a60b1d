import { Hono } from 'hono';
import type { ApiEnv } from './api.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { apiHeaders } from './headers.ts';
import { type Document, documentOf } from './openapi.ts';

/** The API's own description: `openapi.json` for programs, `docs` for people; both without a key. */
export function documentationRoutes(app: Hono<ApiEnv>): Hono<ApiEnv> {
  let document: Promise<Document> | null = null;
  const load = () => {
    document ??= documentOf(app);
    return document;
  };
  const headers = { ...apiHeaders, 'Cache-Control': 'public, max-age=300' };
  return new Hono<ApiEnv>()
    .get('/openapi.json', async (c) => c.json(await load(), 200, headers))
    .get('/docs', async (c) =>
      c.html(docsPage(await load()), 200, { ...headers, 'Content-Security-Policy': docsPolicy }),
    );
}
