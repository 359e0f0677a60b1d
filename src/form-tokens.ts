import { FORM_TOKEN_FIELD } from '../functions/ground/http/form-token.ts';

/**
 * The same page with the token in each form that posts. Pages do not write it themselves: no form can be forgotten, and
 * browsers that say where they come from get pages without it. A form without an address gets the page's own, since
 * w3m leaves out the query where HTML keeps it.
 */
export async function withFormToken(
  response: Response,
  { token, url }: { token: string; url: string },
): Promise<Response> {
  const isHtml = response.headers.get('Content-Type')?.startsWith('text/html') ?? false;
  if (!isHtml || response.body === null) return response;
  const html = await response.text();
  const field = `<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${token}">`;
  const { pathname, search } = new URL(url);
  const action = ` action="${(pathname + search).replaceAll('&', '&amp;')}"`;
  const withToken = (tag: string) => {
    if (!/\bmethod="post"/i.test(tag)) return tag;
    return (/\baction=/.test(tag) ? tag : tag.replace(/>$/, `${action}>`)) + field;
  };
  const page = new Response(html.replace(forms, withToken), response);
  page.headers.delete('Content-Length');
  return page;
}

const forms = /<form\b[^<>]*>/gi;
