import { describeBehaviour } from './behaviour.ts';

describeBehaviour('Node with a file', null);
