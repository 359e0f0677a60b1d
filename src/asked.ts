import { type PageAddress, readAddress } from '../functions/ground/identity/languages.ts';
import { type Speech, speechIn } from './locale.ts';
import type { Visit } from './visit.ts';

/** A request as pages meet it: with the language taken off its address. */
export interface Asked {
  request: Request;
  speech: Speech;
  /** The page's path, which is the same in each language. */
  path: string;
  /** As it was asked for, with the query. */
  address: string;
  code: PageAddress['code'];
}

export function readAsked(
  request: Request,
  { languages, texts, customer }: Pick<Visit, 'languages' | 'texts' | 'customer'>,
): Asked {
  const url = new URL(request.url);
  const address = url.pathname + url.search;
  const { locale, path, code } = readAddress(url.pathname, languages);
  const speech = speechIn(locale, languages, { texts, addressForm: customer?.addressForm ?? null });
  if (path === url.pathname) return { request, speech, path, address, code };
  url.pathname = path;
  return { request: withUrl(request, url), speech, path, address, code };
}

/** The same request at another address. A form was read by now, and is handed on as it is. */
function withUrl(request: Request, url: URL): Request {
  const { method, headers } = request;
  const moved = new Request(url, { method, headers });
  return method === 'POST'
    ? Object.defineProperty(moved, 'formData', { value: () => request.formData() })
    : moved;
}
