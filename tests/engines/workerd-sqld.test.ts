import { noSqld } from '../support/sqld.ts';
import { describeBehaviour } from './behaviour.ts';

describeBehaviour('workerd with sqld', noSqld);
