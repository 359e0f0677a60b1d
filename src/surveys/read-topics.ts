import { locales } from '../../languages/built.ts';

export interface TopicForm {
  /** Null for a new one. */
  id: string | null;
  text: Record<string, string>;
  isAsked: boolean;
}

/** The list of topics as its form sent it: a new one without words is none, one that is asked no more is left out. */
export function readTopics(fields: ReadonlyMap<string, string>) {
  const count = Math.min(Number.parseInt(fields.get('count') ?? '', 10) || 0, 60);
  const all = Array.from({ length: count }, (_, index): TopicForm => {
    const value = (name: string) => fields.get(`t${index}.${name}`) ?? '';
    return {
      id: value('id') === '' ? null : value('id'),
      text: Object.fromEntries(locales.map((language) => [language, value(language)])),
      isAsked: value('gone') !== 'yes',
    };
  }).filter(({ id, text }) => id !== null || Object.values(text).some((words) => words.trim() !== ''));
  const asked = all.filter(({ isAsked }) => isAsked);
  return {
    all,
    kept: asked.map(({ id, text }) => ({ id, text })),
    /** Where one that is kept stands among all. */
    placeOf: (index: number) => {
      const topic = asked[index];
      return topic === undefined ? 0 : all.indexOf(topic);
    },
  };
}
