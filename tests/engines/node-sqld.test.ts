import { noSqld } from '../support/sqld.ts';
import { describeBehaviour } from './behaviour.ts';

describeBehaviour('Node with sqld', noSqld);
