import { keepShell, shellPage } from './assets.ts';
import { forget, keepAnew, keptPage, meet } from './kept.ts';
import { isDone, isLeaving, leave, leaveLater, leftAlready } from './leaving.ts';

/** A connection that says nothing for so long is none to whoever stands at a till. */
const PATIENCE_MS = 10_000;
const rooms = [
  { room: 'account', addresses: /^\/account(?:\/|$)/ },
  { room: 'console', addresses: /^\/console(?:\/|$)/ },
  { room: 'sign-out', addresses: /^\/sign-out$/ },
  { room: 'programs', addresses: /^\/(?:api|webhooks|healthz|readyz)(?:\/|$)/ },
] as const;

/** A page that is asked for, and what the browser asked for ahead. */
export interface Navigation {
  request: Request;
  preloadResponse: Promise<unknown>;
}

const languageOf = (path: string) => /^\/[a-z]{2}(?=\/|$)/.exec(path)?.[0] ?? '';

/** Whose pages an address is one of; everybody's where it is none of these. */
export function roomOf(path: string): (typeof rooms)[number]['room'] | 'public' {
  const plain = path.slice(languageOf(path).length);
  return rooms.find(({ addresses }) => addresses.test(plain))?.room ?? 'public';
}

/** The page as the server has it; without a connection what is kept, to the one it belongs to. */
export async function answerPage(event: Navigation): Promise<Response> {
  const { pathname } = new URL(event.request.url);
  const isOwn = roomOf(pathname) === 'account';
  try {
    const met = asked(event).then(async (page) => {
      await orNothing(meet(page));
      return page;
    });
    return await (isOwn && !isFile(pathname) && (await own()) !== null ? withPatience(met) : met);
  } catch {
    // Looked for only now: who it belongs to may have left meanwhile.
    return (isOwn && !isFile(pathname) ? await own() : null) ?? shellPage(languageOf(pathname));
  }
}

/** A form, or a page of another reader: nothing is kept for the time without a connection, and of nobody who was here before. */
export async function answerForgetting(event: Navigation): Promise<Response> {
  await orNothing(forget());
  const answer = await orShell(event);
  // What was asked for before and came meanwhile is gone with it.
  await orNothing(forget());
  return answer;
}

async function orShell(event: Navigation): Promise<Response> {
  try {
    return await asked(event);
  } catch {
    return shellPage(languageOf(new URL(event.request.url).pathname));
  }
}

/** Storage that fails keeps nothing, and costs nobody a page. */
const orNothing = <Result>(work: Promise<Result>): Promise<Result | null> => work.catch(() => null);
const own = () => orNothing(keptPage());

/** Downloads take their time, and a page in their place would be saved under their name. */
export const isFile = (path: string) => path.slice(path.lastIndexOf('/')).includes('.');

/** What the server says, once it has heard of who left. @throws {TypeError} without a connection */
async function asked(event: Navigation): Promise<Response> {
  return (await orNothing(isLeaving())) === true ? answerOnceLeft(event.request) : answerOf(event);
}

async function answerOf({ request, preloadResponse }: Navigation): Promise<Response> {
  const preloaded = await preloadResponse;
  return preloaded instanceof Response ? preloaded : fetch(request);
}

/** What the browser asked for ahead was for whoever was signed in before. */
async function answerOnceLeft(request: Request): Promise<Response> {
  await leave();
  return fetch(request);
}

function withPatience(answer: Promise<Response>): Promise<Response> {
  return Promise.race([
    answer,
    new Promise<never>((_, refuse) => setTimeout(() => refuse(new Error('No answer came.')), PATIENCE_MS)),
  ]);
}

/** Whatever becomes of it, nothing is kept of who leaves. */
export async function answerSignOut(request: Request): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  await orNothing(forget());
  const form = await request.clone().text();
  try {
    const answer = await fetch(request);
    await orNothing(forget());
    if (isDone(answer)) await orNothing(leftAlready());
    else if (answer.status >= 500) await orNothing(leaveLater(form));
    return answer;
  } catch {
    await leaveLater(form);
    return Response.redirect(`${origin}${languageOf(pathname)}/offline`, 303);
  }
}

/** A page was opened, or the connection is back. */
export async function freshen(path: string): Promise<void> {
  try {
    if (await isLeaving()) await leave();
    if (roomOf(path) !== 'account') return;
    await keepAnew(languageOf(path));
    await keepShell(languageOf(path));
  } catch {
    // Without a connection what is kept stays as it is.
  }
}
