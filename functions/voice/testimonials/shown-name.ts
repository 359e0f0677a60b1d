export const nameForms = ['first_name', 'initials', 'company', 'none'] as const;
export type NameForm = (typeof nameForms)[number];

/** What is known of somebody that a name can be made of. */
export interface ShownName {
  name: string | null;
  /** The company or household they belong to. */
  company: string | null;
}

/** How somebody is named beside their words, in each form that is possible for them; empty for no name. */
export function nameChoices({ name, company }: ShownName): { form: NameForm; shown: string }[] {
  const words = (name ?? '').split(/\s+/).filter(Boolean);
  const [first] = words;
  const choices: { form: NameForm; shown: string }[] = [];
  if (first !== undefined) {
    choices.push({ form: 'first_name', shown: first });
    choices.push({ form: 'initials', shown: words.map((word) => `${firstLetter(word)}.`).join(' ') });
  }
  if (company !== null) choices.push({ form: 'company', shown: company });
  choices.push({ form: 'none', shown: '' });
  return choices;
}

/** The first letter as a reader counts letters. */
function firstLetter(word: string): string {
  const [letter] = new Intl.Segmenter().segment(word);
  return (letter?.segment ?? '').toUpperCase();
}
