import { keepShell, shellPage } from './assets.ts';
import { forget, keepAnew, keptPage, meet } from './kept.ts';
import { isLeaving, leave, leaveLater, leftAlready } from './leaving.ts';

/** A connection that says nothing for so long is none to whoever stands at a till. */
const PATIENCE_MS = 10_000;
const rooms = [
  { room: 'account', addresses: /^\/account(?:\/|$)/ },
  { room: 'console', addresses: /^\/console(?:\/|$)/ },
  { room: 'sign-out', addresses: /^\/sign-out$/ },
  { room: 'programs', addresses: /^\/(?:api|webhooks|healthz|readyz)(?:\/|$)/ },
] as const;

const languageOf = (path: string) => /^\/[a-z]{2}(?=\/|$)/.exec(path)?.[0] ?? '';

/** Whose pages an address is one of; everybody's where it is none of these. */
export function roomOf(path: string): (typeof rooms)[number]['room'] | 'public' {
  const plain = path.slice(languageOf(path).length);
  return rooms.find(({ addresses }) => addresses.test(plain))?.room ?? 'public';
}

/** The page as the server has it; without a connection what is kept, to the one it belongs to. */
export async function answerPage(event: FetchEvent): Promise<Response> {
  const { pathname } = new URL(event.request.url);
  const isOwn = roomOf(pathname) === 'account';
  try {
    const answer = (await isLeaving()) ? answerOnceLeft(event.request) : answerOf(event);
    const met = answer.then(async (page) => {
      await meet(page);
      return page;
    });
    return await (isOwn && (await keptPage()) !== null ? withPatience(met) : met);
  } catch {
    // Looked for only now: who it belongs to may have left meanwhile.
    return (isOwn ? await keptPage() : null) ?? shellPage(languageOf(pathname));
  }
}

async function answerOf({ request, preloadResponse }: FetchEvent): Promise<Response> {
  const preloaded: unknown = await preloadResponse;
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
  await forget();
  try {
    const answer = await fetch(request);
    await leftAlready();
    return answer;
  } catch {
    await leaveLater();
    return shellPage(languageOf(new URL(request.url).pathname));
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
