/**
 * Pages that were rendered before, each with what it asked for meanwhile. A page that is asked for again reads the same
 * things again; when all of them are as they were, so is the page, and nothing is rendered. A page that is kept may
 * depend on its address, its visit and what operations answer: not on the clock, and not on chance.
 */
export interface KeptPages {
  answer<V extends Asking>(
    asked: { url: string; visit: V },
    render: (visit: V) => Promise<Response>,
  ): Promise<Response>;
}

/** Who asks, in values that JSON can tell, and by which operations. */
interface Asking {
  operations: object;
  rooms: object;
}

interface KeptPage {
  questions: readonly Question[];
  /** As it is sent, so that nobody has to encode it again. */
  html: Uint8Array<ArrayBuffer>;
}

interface Question {
  path: readonly string[];
  input: readonly unknown[];
  answer: unknown;
}

/** Some 15 KB each. */
const PAGES_MAX = 500;

/** `headers` are those of every page that is kept. */
export function createKeptPages(headers: Record<string, string>): KeptPages {
  const pages = new Map<string, KeptPage>();

  function keep(key: string, page: KeptPage): void {
    pages.delete(key);
    pages.set(key, page);
    if (pages.size <= PAGES_MAX) return;
    for (const oldest of pages.keys()) {
      pages.delete(oldest);
      return;
    }
  }

  return {
    answer: async ({ url, visit }, render) => {
      const key = `${url} ${JSON.stringify(visit)}`;
      const known = pages.get(key);
      if (known !== undefined && (await isAsItWas(known.questions, visit))) {
        keep(key, known);
        return new Response(known.html, { headers });
      }
      const notes: Notes = { questions: [], hasFailed: false };
      const operations = listening(visit.operations, notes, ['operations']);
      const rooms = listening(visit.rooms, notes, ['rooms']);
      const response = await render({ ...visit, operations, rooms });
      const isFinal = response.status === 200 && !response.headers.has('Set-Cookie');
      if (!isFinal || notes.hasFailed) return response;
      const html = new Uint8Array(await response.arrayBuffer());
      keep(key, { questions: notes.questions, html });
      return new Response(html, { headers });
    },
  };
}

/** What fails now is left to the page, which knows what to say then. */
async function isAsItWas(questions: readonly Question[], visit: Asking): Promise<boolean> {
  try {
    const same = await Promise.all(
      questions.map(async ({ path, input, answer }) => isSame(answer, await ask(visit, path, input))),
    );
    return same.every(Boolean);
  } catch {
    return false;
  }
}

function ask(visit: Asking, path: readonly string[], input: readonly unknown[]): unknown {
  let owner: object = visit;
  for (const name of path.slice(0, -1)) owner = Reflect.get(owner, name);
  return Reflect.apply(Reflect.get(owner, path.at(-1) ?? ''), owner, input);
}

interface Notes {
  questions: Question[];
  /** What was asked failed, and the page may have gone on without it. */
  hasFailed: boolean;
}

/** The same operations, noting what is asked and answered. */
function listening<Operations extends object>(
  operations: Operations,
  notes: Notes,
  path: readonly string[],
): Operations {
  const get = (owner: Operations, name: string) => {
    const found: unknown = Reflect.get(owner, name);
    const way = [...path, name];
    if (typeof found === 'object' && found !== null) return listening(found, notes, way);
    if (typeof found !== 'function') return found;
    return async (...input: unknown[]) => {
      try {
        const answer: unknown = await Reflect.apply(found, owner, input);
        notes.questions.push({ path: way, input, answer });
        return answer;
      } catch (error) {
        notes.hasFailed = true;
        throw error;
      }
    };
  };
  return new Proxy(operations, { get });
}

/** Whether two answers of plain values, lists and records say the same. */
function isSame(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every(
      (name) => Object.hasOwn(right, name) && isSame(Reflect.get(left, name), Reflect.get(right, name)),
    )
  );
}
