import { expect, test } from 'vitest';
import { addArticlePicture } from '../../../functions/care/advice/add-picture.ts';
import type { ArticleInput } from '../../../functions/care/advice/content/content.ts';
import { createArticle, saveArticle } from '../../../functions/care/advice/edit-article.ts';
import { getArticle } from '../../../functions/care/advice/get-article.ts';
import {
  listAdvice,
  listAdviceAbout,
  listPublicArticles,
} from '../../../functions/care/advice/list-advice.ts';
import { publishArticle, withdrawArticle } from '../../../functions/care/advice/publish-article.ts';
import { readArticle } from '../../../functions/care/advice/read-article.ts';
import { pictureExample } from '../../../functions/care/advice/schema.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { withPicture } from '../../../src/advice/form.ts';
import { stepsIn } from '../../support/scans-of.ts';
import { createTestContext } from '../../support/test-context.ts';

const anArticle = (change: Partial<ArticleInput> = {}): ArticleInput => ({
  ...{ audience: 'everybody', slug: '', products: [] },
  texts: { en: { title: 'Brewing sencha', body: 'With *cool* water.' } },
  ...change,
});

const anonymous = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'anonymous' } });
const customer = (ctx: Context): Context => ({ ...ctx, actor: { kind: 'customer', id: 'ann' } });

async function publish(ctx: Context, input: ArticleInput): Promise<string> {
  const { id, actSeq: seq } = await createArticle(ctx, input);
  const { slug } = await publishArticle(ctx, { id, seq });
  return String(slug);
}

test('readers see an article once it is published, as it was published, until it is withdrawn', async () => {
  const ctx = await createTestContext();
  const reader = anonymous(ctx);
  const { id, actSeq: seq } = await createArticle(ctx, anArticle());
  const read = () => readArticle(reader, { slug: 'brewing-sencha', language: 'en' });
  await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  const { actSeq } = await publishArticle(ctx, { id, seq });
  expect(await read()).toMatchObject({ title: 'Brewing sencha', languages: ['en'] });
  const next = anArticle({ texts: { en: { title: 'Brewing sencha well', body: 'Cooler.' } } });
  const saved = await saveArticle(ctx, { id, seq: actSeq, ...next });
  expect(await read()).toMatchObject({ title: 'Brewing sencha' });
  expect(saved.slug).toBe('brewing-sencha');
  await publishArticle(ctx, { id, seq: saved.actSeq });
  expect(await read()).toMatchObject({ title: 'Brewing sencha well' });
  await withdrawArticle(ctx, { id });
  await expect(read()).rejects.toMatchObject({ code: 'not_found' });
  expect(await listAdvice(reader, { language: 'en' })).toEqual([]);
});

test('of two who write at once, one looks again', async () => {
  const ctx = await createTestContext();
  const { id, actSeq: seq } = await createArticle(ctx, anArticle());
  await saveArticle(ctx, { id, seq, ...anArticle({ products: ['Tea'] }) });
  const late = saveArticle(ctx, { id, seq, ...anArticle({ products: ['Coffee'] }) });
  await expect(late).rejects.toMatchObject({ code: 'article_moved' });
  await expect(publishArticle(ctx, { id, seq })).rejects.toMatchObject({ code: 'article_moved' });
  expect((await getArticle(ctx, { id })).content.products).toEqual(['Tea']);
});

test('what customers alone may read asks others to sign in, and is in no list of theirs', async () => {
  const ctx = await createTestContext();
  const slug = await publish(ctx, anArticle({ audience: 'customers' }));
  const asked = { slug, language: 'en' };
  await expect(readArticle(anonymous(ctx), asked)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(await readArticle(customer(ctx), asked)).toMatchObject({ audience: 'customers' });
  expect(await listAdvice(anonymous(ctx), { language: 'en' })).toEqual([]);
  expect(await listAdvice(customer(ctx), { language: 'en' })).toHaveLength(1);
  expect(await listPublicArticles(ctx)).toEqual([]);
});

test.each<[string, ArticleInput['texts'], string, string]>([
  ['nothing is said', {}, 'texts', 'required'],
  ['there is no text', { en: { title: 'A' } }, 'texts.en.body', 'required'],
  [
    'a second language has no title',
    { en: { title: 'A', body: 'a' }, uk: { body: 'а' } },
    'texts.uk.title',
    'required',
  ],
  [
    'a picture is of elsewhere',
    { en: { title: 'A', body: '![a](https://x.example/a.png)' } },
    'texts.en.body',
    'unknown_picture',
  ],
  [
    'a picture was never added',
    { en: { title: 'A', body: '![a](AbCdEfGhIjKlMnOpQrStUv.png)' } },
    'texts.en.body',
    'unknown_picture',
  ],
])('is not published while %s', async (_what, texts, path, code) => {
  const ctx = await createTestContext();
  const { id, actSeq: seq } = await createArticle(ctx, anArticle({ texts }));
  await expect(publishArticle(ctx, { id, seq })).rejects.toMatchObject({ errors: [{ path, code }] });
});

test.each([
  ['too_deep', '> '.repeat(100)],
  ['table_too_large', ['|a'.repeat(300), '|-'.repeat(300), '|', '|', '|', '|', '|', '|', '|'].join('\n')],
])('is not kept where it could not be read: %s', async (code, body) => {
  const ctx = await createTestContext();
  const draft = createArticle(ctx, anArticle({ texts: { en: { title: 'A', body } } }));
  await expect(draft).rejects.toMatchObject({ errors: [{ path: 'texts.en.body', code }] });
});

test.each<[string, Record<string, string>, Record<string, string>, string[]]>([
  ['the languages that have a text', { en: '', uk: 'Чай' }, {}, ['uk']],
  ['the language in which it is said what is on it', {}, { uk: 'Чай' }, ['uk']],
  ['the first language where nothing is said yet', {}, {}, ['en']],
])('a picture is added to %s', (_where, bodies, alts, shown) => {
  const said = (language: string) => [language, { body: bodies[language] ?? '' }] as const;
  const input = anArticle({ texts: Object.fromEntries(['en', 'uk'].map(said)) });
  const { texts } = withPicture(input, { name: 'x.png', first: 'en', altOf: (of) => alts[of] ?? '' });
  const having = Object.entries(texts).filter(([, { body }]) => body?.endsWith('](x.png)'));
  expect(having.map(([language]) => language)).toEqual(shown);
});

test('shows a picture that was added, once it is said what is on it', async () => {
  const ctx = await createTestContext();
  const { name } = await addArticlePicture(ctx, { bytes: Buffer.from(pictureExample.content, 'base64') });
  const texts = (alt: string) => ({ en: { title: 'A', body: `![${alt}](${name})` } });
  const { id, actSeq: seq } = await createArticle(ctx, anArticle({ texts: texts('') }));
  await expect(publishArticle(ctx, { id, seq })).rejects.toMatchObject({ errors: [{ code: 'alt_missing' }] });
  const { actSeq } = await saveArticle(ctx, { id, seq, ...anArticle({ texts: texts('A pixel') }) });
  await publishArticle(ctx, { id, seq: actSeq });
  expect(await listAdvice(anonymous(ctx), { language: 'en' })).toMatchObject([{ picture: name }]);
});

test('is found by all words of a search in any of its languages, and shown in the language of the reader', async () => {
  const ctx = await createTestContext();
  const texts = {
    en: { title: 'Brewing sencha', body: 'With *cool* water.' },
    uk: { title: 'Як заварити сенчу', body: 'Вода **Прохолодна**.' },
  };
  await publish(ctx, anArticle({ texts, products: ['TE-215'] }));
  await publish(ctx, anArticle({ texts: { en: { title: 'Grinder', body: 'No water.' } } }));
  const titles = async (search: string, language = 'en') =>
    (await listAdvice(ctx, { language, search })).map(({ title }) => title);
  expect(await titles('COOL water')).toEqual(['Brewing sencha']);
  expect(await titles('прохолодна')).toEqual(['Brewing sencha']);
  expect(await titles('прохолодна', 'uk')).toEqual(['Як заварити сенчу']);
  expect(await titles('te-215')).toEqual(['Brewing sencha']);
  expect(await titles('water', 'uk')).toEqual(['Grinder', 'Як заварити сенчу']);
  expect(await titles('cool grinder')).toEqual([]);
  expect(await titles('100%_')).toEqual([]);
});

test('is shown with orders of what it is about: its number, name or category', async () => {
  const ctx = await createTestContext();
  await publish(ctx, anArticle({ products: ['te-215', 'Cast-iron teapot', 'Чай'] }));
  const about = async (thing: { sku?: string; product?: string; category?: string }) => {
    const things = [{ sku: null, product: null, category: null, ...thing }];
    return (await listAdviceAbout(customer(ctx), { language: 'en', things })).length;
  };
  expect(await about({ sku: 'TE-215' })).toBe(1);
  expect(await about({ product: 'cast-iron teapot' })).toBe(1);
  expect(await about({ category: 'ЧАЙ' })).toBe(1);
  expect(await about({ sku: 'TE-2' })).toBe(0);
  expect(await about({})).toBe(0);
});

test('an address is made of the title, is nobody else’s, and stays once it was seen', async () => {
  const ctx = await createTestContext();
  const titled = (title: string) => anArticle({ texts: { uk: { title, body: 'а' } } });
  const first = await createArticle(ctx, titled('Щедра  заварка: їжа й чай!'));
  expect(first.slug).toBe('shchedra-zavarka-yizha-y-chai');
  const second = await createArticle(ctx, titled('Щедра заварка, їжа й чай'));
  expect(second.slug).toBe('shchedra-zavarka-yizha-y-chai-2');
  const taken = createArticle(ctx, anArticle({ slug: 'shchedra-zavarka-yizha-y-chai' }));
  await expect(taken).rejects.toMatchObject({ errors: [{ path: 'slug', code: 'taken' }] });
  const { id, actSeq: seq } = await publishArticle(ctx, { id: second.id, seq: second.actSeq });
  const moved = saveArticle(ctx, { id, seq, ...titled('A'), slug: 'other' });
  await expect(moved).rejects.toMatchObject({ errors: [{ path: 'slug', code: 'fixed' }] });
  const unnamed = await createArticle(ctx, titled('茶'));
  expect(unnamed.slug).toBe(null);
  expect((await publishArticle(ctx, { id: unnamed.id, seq: 1 })).slug).toBe(unnamed.id);
});

test('an order finds its articles by an index', async () => {
  const ctx = await createTestContext();
  const things = [{ sku: 'a', product: 'b', category: 'c' }];
  const steps = await stepsIn(ctx.db, (db) => listAdviceAbout({ ...ctx, db }, { language: 'en', things }));
  expect(steps.flat().filter((step) => /^SCAN (?!j\b|f\b)/.test(step))).toEqual([]);
});
