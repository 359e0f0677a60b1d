import { PageState } from '../page-state.ts';
import type { Visit } from '../visit.ts';
import type { SiteDeps } from './deps.ts';
import { renderPage } from './render-page.ts';

/** With a visit, unless the database is away. */
export type OwnLocals = Omit<App.Locals, 'visit' | 'cfContext'> & ({ visit: Visit } | { isAway: true });

type OwnPage = '/busy' | '/not-found' | '/prove' | '/refused';

/** One of the pages that answers are made of. */
export async function answerOwnPage(
  page: OwnPage,
  { locals, status, config }: { locals: OwnLocals; status: number; config: SiteDeps['config'] },
): Promise<Response> {
  return ownPageAnswer(await renderOwnPage(page, { locals, config }), { locals, status });
}

export async function renderOwnPage(
  page: OwnPage,
  { locals, config }: { locals: OwnLocals; config: SiteDeps['config'] },
): Promise<BodyInit | null> {
  const state = new PageState(new Request(new URL(page, config.publicUrl)));
  state.streaming = false;
  Object.assign(state.locals, locals);
  return (await renderPage(state)).body;
}

export function ownPageAnswer(
  body: BodyInit | null,
  { locals, status }: { locals: OwnLocals; status: number },
): Response {
  return new Response(body, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': locals.face.policy,
    },
  });
}
