/** Words of Ukrainian by which more than one person, or one politely, is spoken to. */
export const polite =
  /(?<![\p{L}’])(?:ви|вам|вас|вами|ваш\p{L}*|\p{L}{2,}(?:те|теся|тесь|іть|їть|іться))(?![\p{L}’])/iu;
/** The same for somebody close. */
export const close =
  /(?<![\p{L}’])(?:ти|тобі|тебе|тобою|тво(?:го|єї|єму|їм|їх|їй|їми|ю|я|є|ї)|твій|\p{L}{2,}(?:єш|иш|їш|еш|єшся|ишся|ешся))(?![\p{L}’])/iu;

const pastPlural = /(?<![\p{L}’])(?!надішли|видали|ніколи|відколи|файли)\p{L}{3,}ли(?:ся|сь)?(?![\p{L}’])/iu;
const ourselves = /(?<![\p{L}’])(?:ми|нам|нас)(?![\p{L}’])/iu;

/** Whether a text tells what several did, or one to whom it is polite, and not that it was ourselves. */
export const pastOfMany = {
  test: (text: string) => pastPlural.test(text) && !ourselves.test(text),
};

/** What is named is said to nobody. */
const unquoted = (text: string) => text.replaceAll(/«[^»]*»/g, '');

/** Whether a message says any of some words in one of its texts. */
export const sayAny =
  (words: Pick<RegExp, 'test'>) =>
  ([, texts]: readonly [string, readonly string[]]): boolean =>
    texts.some((text) => words.test(unquoted(text)));
