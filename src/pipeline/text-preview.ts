import { anyCode } from '../../functions/ground/identity/languages.ts';
import { withParts } from '../../functions/money/business/own-texts.ts';
import { previewLetter } from '../../functions/people/mail/preview-letter.ts';
import { checkParts } from '../../functions/people/texts/check-parts.ts';
import { getText } from '../../functions/people/texts/get-texts.ts';
import type { Text } from '../../functions/people/texts/text.ts';
import { attempt, orNull } from '../attempt.ts';
import { readForm, seeOther } from '../forms.ts';
import { speechIn } from '../locale.ts';
import { typedParts } from '../texts-form.ts';
import type { Visit } from '../visit.ts';
import { answerPage } from './answer-page.ts';
import type { SiteDeps } from './deps.ts';

const previewPage = new RegExp(`^${anyCode}/console/texts/([a-z]{2,3})/([\\w.-]{1,100})/preview$`);

/** Which text somebody who may change texts wants to look at before it is kept; null for any other request. */
export function previewOf({ url }: Request, { staff }: Visit): { language: string; key: string } | null {
  if (staff?.role !== 'owner' && staff?.role !== 'manager') return null;
  const [, language, key] = previewPage.exec(new URL(url).pathname) ?? [];
  return language === undefined || key === undefined ? null : { language, key };
}

/** The page or the mail in the words of the form, as a customer would see it; back to the form where they are not right. */
export async function answerTextPreview(
  deps: SiteDeps,
  { request, visit, which }: { request: Request; visit: Visit; which: { language: string; key: string } },
): Promise<Response> {
  const text = await orNull(getText(visit.ctx, which));
  if (text === null) return answerPage(deps, { request, visit });
  const form = await readForm(request);
  const parts = typedParts(text, form);
  const back = () => seeOther(new URL(request.url).pathname.replace(/\/preview$/, ''));
  if (text.kind === 'mail') {
    const email = form.get('customer') || null;
    const made = await attempt(previewLetter(visit.ctx, { ...which, parts, email }), {
      validation_failed: null,
    });
    return made.ok ? asMail(made.output.html) : back();
  }
  const checked = checkParts(text, parts);
  if (!checked.ok || text.path === null) return back();
  const shown: Visit = {
    ...visit,
    ...{
      ctx: { ...visit.ctx, actor: { kind: 'anonymous' } },
      staff: null,
      entrant: null,
      customer: null,
      joining: null,
    },
    texts: withParts(visit.texts, { ...text, parts: checked.parts }),
    isPreview: true,
  };
  const page = await answerPage(deps, { request: asked(request, visit, text), visit: shown });
  page.headers.set('Cache-Control', 'no-store');
  return page;
}

/** The public page that a text stands on, in the language of the text. */
function asked(request: Request, { languages }: Visit, { path, language }: Text): Request {
  const address = speechIn(language, languages).to(path ?? '/');
  return new Request(new URL(address, request.url), { headers: request.headers });
}

/** A mail as mail programs show it: with its own styles, no script, and nothing of others. */
export function asMail(html: string): Response {
  return new Response(html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    },
  });
}
