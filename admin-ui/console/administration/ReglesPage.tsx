import { Button } from '@mui/material';
import { useState } from 'react';
import { usePermissions, useTranslate } from 'react-admin';
import type { RegleDto } from '../../../domain/contract/regle.contract.ts';
import { CHANNELS, type Role } from '../../../domain/model/vocabulary.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { RegleDialog } from './regles/RegleDialog.tsx';

const SORT = { field: 'id', order: 'ASC' } as const;

/** The rules that run while typing, at deposit, at approval and at publication; an administrator sets what each leads to. */
export function ReglesPage() {
  const translate = useTranslate();
  const lang = useLang();
  const { permissions } = usePermissions<Role>();
  const [chosen, setChosen] = useState<RegleDto>();
  const maySet = permissions === 'administrateur';
  const columns: Column<RegleDto>[] = [
    { label: 'console.regle.id', show: ({ id }) => id },
    { label: 'console.regle.sentence', show: ({ sentence }) => sentence[lang] },
    { label: 'console.regle.mend', show: ({ mend }) => mend[lang] },
    {
      label: 'console.regle.severity',
      show: ({ severity, twoPeople }) =>
        [
          ...CHANNELS.map(
            (channel) =>
              `${translate(`sofi.source.${channel}`)} : ${translate(`suivi.regle.gravity.${severity[channel]}`)}`,
          ),
          ...(twoPeople ? [translate('suivi.regle.twoPeopleShort')] : []),
        ].join(', '),
    },
    {
      label: 'suivi.regle.history',
      show: (regle) => (
        <>
          {regle.version === 0
            ? translate('suivi.regle.catalogue')
            : translate('suivi.regle.inForce', { n: regle.version })}
          {maySet && (
            <Button
              size="small"
              aria-label={translate('suivi.regle.title', { id: regle.id })}
              onClick={() => setChosen(regle)}
            >
              {translate('suivi.regle.set')}
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <TablePage<RegleDto>
        resource="regles"
        title="console.regle.title"
        columns={columns}
        sort={SORT}
        search="suivi.regle.search"
      />
      {chosen && <RegleDialog regle={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
