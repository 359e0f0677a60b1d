/** The programme of the demo business, counting from `from` on; a programme file (DOMAIN §4). */
export function demoProgramme(from: string) {
  const common = { counts: { excludeCategories: ['Gift cards', 'Workshops'] }, settleAfterDays: 14, from };
  return {
    currency: 'GBP',
    timeZone: 'Europe/London',
    rules: [
      {
        id: 'every-hundred',
        name: { en: '5 back for every 100', uk: 'Повертаємо 5 за кожні 100' },
        scheme: 'every',
        spend: '100.00',
        back: '5.00',
        period: 'lifetime',
        ...common,
        expires: { months: 12 },
        pays: 'credit',
        for: 'everyone',
      },
      {
        id: 'season',
        name: { en: 'More each season', uk: 'Сезонна винагорода' },
        scheme: 'bands',
        mode: 'marginal',
        bands: [
          { from: '0.00', percent: '1' },
          { from: '200.00', percent: '2.5' },
          { from: '600.00', percent: '4' },
        ],
        period: 'quarter',
        ...common,
        expires: { months: 1 },
        pays: 'credit',
        for: 'everyone',
      },
      {
        id: 'thank-you',
        name: { en: 'A thank-you each year', uk: 'Щорічна подяка' },
        scheme: 'steps',
        targets: [
          { spend: '400.00', back: '20.00' },
          { spend: '1000.00', back: '50.00' },
          { spend: '2000.00', back: '100.00' },
        ],
        period: 'year',
        ...common,
        pays: { voucher: { months: 3, minimum: '40.00' } },
        for: 'everyone',
      },
      {
        id: 'members-extra',
        name: { en: 'Members’ extra', uk: 'Додатково для учасників клубу' },
        scheme: 'every',
        spend: '50.00',
        back: '2.00',
        period: 'quarter',
        ...common,
        expires: { months: 6 },
        pays: 'credit',
        for: 'club',
      },
    ],
    debt: 'carry',
  };
}
