import type { askPanel } from '../../circle/club/panel/ask-panel.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';

export const bags = (at: number): Parameters<typeof askPanel>[1] => ({
  texts: {
    en: { title: 'Bags or tins for the loose teas?', body: 'Tins cost us 40p more and last for years.' },
    uk: {
      title: 'Пакети чи бляшанки для розсипного чаю?',
      body: 'Бляшанки дорожчі на 40 пенсів, зате служать роками.',
    },
  },
  choices: [
    { en: 'Bags, and cheaper', uk: 'Пакети, і дешевше' },
    { en: 'Tins, and refills', uk: 'Бляшанки й досипка' },
  ],
  closesAt: at + 15 * DAY_MS,
});

export const tins = {
  en: 'Tins it is. Refills come in paper and cost a pound less; yours ship from next month.',
  uk: 'Отже, бляшанки. Досипка — у папері й на фунт дешевша; надсилаємо з наступного місяця.',
};

export const nextTea = (at: number): Parameters<typeof askPanel>[1] => ({
  texts: {
    en: { title: 'Which garden should we visit in spring?', body: 'We can bring back one small lot.' },
    uk: { title: 'Який сад нам відвідати навесні?', body: 'Ми зможемо привезти одну невелику партію.' },
  },
  choices: [
    { en: 'Darjeeling, first flush', uk: 'Дарджилінг, перший збір' },
    { en: 'Alishan, high oolong', uk: 'Алішань, високогірний улун' },
    { en: 'Uji, shade-grown green', uk: 'Удзі, тіньовий зелений' },
  ],
  closesAt: at + 30 * DAY_MS,
});
