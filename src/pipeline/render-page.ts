import { type FetchState, pages, trailingSlash } from 'astro/fetch';

/** The steps of Astro's pipeline that are used here: no middleware, actions, sessions or cached routes. */
export async function renderPage(state: FetchState): Promise<Response> {
  if (state.invalidEncoding) return new Response(null, { status: 400 });
  const redirect = trailingSlash(state);
  if (redirect) return redirect;
  const file = state.routeData?.component ?? '';
  state.componentInstance = loadedPages.get(file);
  const response = await pages(state);
  if (isPage(response) && !response.headers.has('Content-Security-Policy'))
    response.headers.set('Content-Security-Policy', state.locals.face.policy);
  if (!import.meta.env.DEV && state.componentInstance) loadedPages.set(file, state.componentInstance);
  return response;
}

/** By their files: to import what is loaded already still goes the loader's whole way. */
const loadedPages = new Map<string, NonNullable<FetchState['componentInstance']>>();

/** Whether a page says in its own words that something is not there. */
export const isPage = (response: Response) =>
  response.headers.get('Content-Type')?.startsWith('text/html') ?? false;
