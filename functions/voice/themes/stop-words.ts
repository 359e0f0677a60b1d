const english = `a about after again all also always am an and any are as at be because been before being both but by came can come could
did do does doing done down even ever every few for from get gets getting give given go goes going got had has have having he her here hers
him his how i i'd i'll i'm i've if in into is isn't it it's its just know like made make makes many may me more most much must my never no
nor not now of off on once one only or other our out over own really said same say says she should so some still such than that that's the
their them then there these they they're thing things this those through to too two under until up us very was way we we're well were what
when where which while who why will with without would you you're your`;

const ukrainian = `а або аби але би б без біля був була були було бути в вам вами вас ваш ваша ваше ваші весь від він вона вони воно все всі всього
всіх вже ви де для до дуже є ж за завжди зі з із знов і її й їм їх його йому ім іноді інший інша інші й кожен коли крім лише має мати
мають мене мені ми мій моя моє мої мною на над навіть нам нами нас наш наша наше наші не нема немає неї ним них ні ніколи ну о об один одна
одне однак от по під при про раз разу самий сам сама саме свій своя своє свої себе собі та так така таке такий такі там те теж ти тим
тих то тобто того той тому тут у хоч хоча це цей ця цього цьому ці цих через чи чого чому що щоб щодо ще я як яка яке який які якщо
можна можу може просто було багато трохи ніж після перед`;

/** Words that by themselves say nothing of what is praised, in the languages that are built in. */
export const stopWords: ReadonlySet<string> = new Set(`${english} ${ukrainian}`.split(/\s+/));
