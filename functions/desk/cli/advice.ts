import { readFile } from 'node:fs/promises';
import { locales } from '../../../languages/built.ts';
import { addArticlePicture } from '../../care/advice/add-picture.ts';
import { articleAudiences } from '../../care/advice/content/content.ts';
import { createArticle, saveArticle } from '../../care/advice/edit-article.ts';
import { type Article, getArticle, listArticles } from '../../care/advice/get-article.ts';
import { publishArticle, withdrawArticle } from '../../care/advice/publish-article.ts';
import { toArticleAnswer } from '../../care/advice/schema.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { type Call, CliError, type Command } from './command.ts';
import { withContext } from './context.ts';
import { oneIn } from './one-in.ts';
import { tableLines } from './text.ts';

async function inHouse(call: Call, work: (ctx: Context) => Promise<void>): Promise<number> {
  const house = await call.loadHouse();
  return withContext(call.defaults, async (ctx) => work(ctx).then(() => 0), { house });
}

export const articlesListed: Command = {
  arguments: [],
  options: {},
  about: 'Articles of advice, the newest first: address, state, languages, title.',
  examples: ['advice list', 'advice list --json'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const articles = await listArticles(ctx);
      const rows = articles.map(({ id, slug, state, content }) => {
        const texts = Object.entries(content.texts);
        return [slug ?? id, state, texts.map(([language]) => language).join(','), texts[0]?.[1].title ?? ''];
      });
      await call.io.answer(articles.map(toArticleAnswer), tableLines(rows));
      if (articles.length === 0) call.io.note('There are no articles yet.');
    }),
};

export const articleShown: Command = {
  arguments: ['ADDRESS'],
  options: { language: { summary: 'The code of the language; the first unless given', value: 'CODE' } },
  about: 'What was written last, by the last part of its address or its id.',
  examples: ['advice show how-to-brew-sencha > sencha.md', 'advice show how-to-brew-sencha --language uk'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const article = await getArticle(ctx, { id: call.argument(0) });
      const [first] = Object.keys(article.content.texts);
      const body = article.content.texts[call.text('language') ?? first ?? '']?.body ?? '';
      await call.io.answer(toArticleAnswer(article), body.split('\n'));
    }),
};

export const articleWritten: Command = {
  arguments: ['ADDRESS', 'FILE'],
  options: {
    title: { summary: 'Its title; that of before unless given', value: 'TEXT' },
    summary: { summary: 'What lists say of it', value: 'TEXT' },
    language: { summary: `${locales.join(', ')}; the first unless given`, value: 'CODE' },
    for: { summary: articleAudiences.join(' or '), value: 'WHOM' },
    about: {
      summary: 'A number, name or category of products; give several',
      value: 'NAME',
      isMultiple: true,
    },
  },
  about:
    'Writes the text of an article from a file in Markdown, a new one or one that is there; other languages stay. Readers see\n' +
    'it once it is published.',
  examples: [
    'advice write how-to-brew-sencha sencha.md --title "How to brew sencha" --about TE-215',
    'advice write how-to-brew-sencha sencha.uk.md --language uk --title "Як заварити сенчу"',
  ],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const slug = call.argument(0);
      const language = oneIn(call.text('language') ?? locales[0], locales, '--language');
      const audience = call.text('for');
      const about = call.list('about');
      const body = (await read(call.argument(1))).toString('utf8');
      const before = await existing(ctx, slug);
      const texts = before?.content.texts ?? {};
      const said = texts[language];
      const input = {
        audience:
          audience === null
            ? (before?.content.audience ?? 'everybody')
            : oneIn(audience, articleAudiences, '--for'),
        slug: before?.slug ?? slug,
        products: about.length > 0 ? [...about] : [...(before?.content.products ?? [])],
        texts: {
          ...texts,
          [language]: {
            title: call.text('title') ?? said?.title ?? '',
            summary: call.text('summary') ?? said?.summary ?? '',
            body,
          },
        },
      };
      const article =
        before === null
          ? await createArticle(ctx, input)
          : await saveArticle(ctx, { id: before.id, seq: before.actSeq, ...input });
      await call.io.answer(toArticleAnswer(article), [
        `Kept. advice publish ${article.slug} shows it to readers.`,
      ]);
    }),
};

async function existing(ctx: Context, id: string): Promise<Article | null> {
  try {
    return await getArticle(ctx, { id });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return null;
    throw error;
  }
}

export const articlePublished: Command = {
  arguments: ['ADDRESS'],
  options: {},
  about: 'Shows readers what the article says now, where the setting `advice` is on.',
  examples: ['advice publish how-to-brew-sencha'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const { id, actSeq: seq } = await getArticle(ctx, { id: call.argument(0) });
      const article = await publishArticle(ctx, { id, seq });
      await call.io.answer(toArticleAnswer(article), [`/advice/${article.slug} is published.`]);
    }),
};

export const articleWithdrawn: Command = {
  arguments: ['ADDRESS'],
  options: {},
  about: 'Nobody but the team sees the article any more; it can be published again.',
  examples: ['advice withdraw how-to-brew-sencha'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const article = await withdrawArticle(ctx, { id: call.argument(0) });
      await call.io.answer(toArticleAnswer(article), [`${article.slug ?? article.id} is withdrawn.`]);
    }),
};

export const articlePicture: Command = {
  arguments: ['FILE'],
  options: {},
  about: 'Keeps a JPEG or PNG of at most 512 KiB and prints its name: ![what is on it](name) shows it.',
  examples: ['advice picture sencha.jpg'],
  run: (call) =>
    inHouse(call, async (ctx) => {
      const { name } = await addArticlePicture(ctx, { bytes: await read(call.argument(0)) });
      await call.io.answer({ name }, [name]);
    }),
};

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch {
    throw new CliError(`Cannot read ${path}.`);
  }
}
