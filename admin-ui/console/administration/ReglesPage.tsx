import { useTranslate } from 'react-admin';
import type { RegleDto } from '../../../domain/contract/regle.contract.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useLang } from '../../shared/words/use-lang.ts';

type Regle = RegleDto;
const SORT = { field: 'id', order: 'ASC' } as const;

/** The rules that run while typing, at deposit, at approval and at publication. */
export function ReglesPage() {
  const translate = useTranslate();
  const lang = useLang();
  const columns: Column<Regle>[] = [
    { label: 'console.regle.id', show: ({ id }) => id },
    { label: 'console.regle.sentence', show: ({ sentence }) => sentence[lang] },
    { label: 'console.regle.mend', show: ({ mend }) => mend[lang] },
    {
      label: 'console.regle.severity',
      show: ({ severity }) =>
        Object.entries(severity)
          .map(
            ([channel, word]) =>
              `${translate(`sofi.source.${channel}`, { _: channel })} : ${translate(`sofi.severity.${word}`, { _: word })}`,
          )
          .join(', '),
    },
  ];
  return <TablePage<Regle> resource="regles" title="console.regle.title" columns={columns} sort={SORT} />;
}
