import {
  Box,
  Card,
  Link as MuiLink,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TableSortLabel,
  TextField,
  Typography,
} from '@mui/material';
import { type ReactNode, useState } from 'react';
import {
  ListBase,
  Pagination,
  type RaRecord,
  type SortPayload,
  Title,
  useListContext,
  useTranslate,
} from 'react-admin';
import { Link } from 'react-router';
import { LoadState } from './LoadState.tsx';

export interface Column<T> {
  /** The key of its header's words. */
  readonly label: string;
  readonly show: (record: T) => ReactNode;
  /** Field of `sort` in the API; absent when it does not sort. */
  readonly sort?: string;
}

interface Props<T extends RaRecord> {
  readonly resource: string;
  readonly title: string;
  readonly columns: readonly Column<T>[];
  readonly sort: SortPayload;
  /** Where a row leads; the first column carries the link. */
  readonly to?: (record: T) => string;
  /** The words of the search box; absent when the list has none. */
  readonly search?: string;
  readonly actions?: ReactNode;
  readonly refreshMs?: number;
}

/** One list of the API: exact total, pages, order by column, search; its state is in the address. */
export function TablePage<T extends RaRecord>(props: Props<T>) {
  const { resource, sort, refreshMs } = props;
  return (
    <ListBase
      resource={resource}
      sort={sort}
      perPage={25}
      disableAuthentication
      {...(refreshMs === undefined ? {} : { queryOptions: { refetchInterval: refreshMs } })}
    >
      <TableCard<T> {...props} />
    </ListBase>
  );
}

function TableCard<T extends RaRecord>({ title, columns, to, search, actions }: Props<T>) {
  const translate = useTranslate();
  const { data, error, isPending, refetch, sort, setSort } = useListContext<T>();
  const name = translate(title);
  return (
    <>
      <Title title={name} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {name}
        </Typography>
        {search !== undefined && <SearchField label={translate(search)} />}
        {actions}
      </Box>
      {isPending || error ? (
        <LoadState error={error} retry={refetch} />
      ) : (
        <Card>
          <TableContainer tabIndex={0} role="region" aria-label={name}>
            <Table size="small" aria-label={name}>
              <TableHead>
                <TableRow>
                  {columns.map(({ label, sort: field }) => (
                    <TableCell
                      key={label}
                      {...(sort.field === field ? { sortDirection: sort.order === 'ASC' ? 'asc' : 'desc' } : {})}
                    >
                      {field === undefined ? (
                        translate(label)
                      ) : (
                        <TableSortLabel
                          active={sort.field === field}
                          direction={sort.order === 'ASC' ? 'asc' : 'desc'}
                          onClick={() =>
                            setSort({ field, order: sort.field === field && sort.order === 'ASC' ? 'DESC' : 'ASC' })
                          }
                        >
                          {translate(label)}
                        </TableSortLabel>
                      )}
                    </TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {data?.map((record) => (
                  <TableRow key={record.id} hover>
                    {columns.map(({ label, show }, at) => (
                      <TableCell key={label} sx={{ overflowWrap: 'break-word' }}>
                        {at === 0 && to !== undefined ? (
                          <MuiLink component={Link} to={to(record)}>
                            {show(record)}
                          </MuiLink>
                        ) : (
                          show(record)
                        )}
                      </TableCell>
                    ))}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
          {data?.length === 0 && <Typography sx={{ p: 3 }}>{translate('sofi.state.empty')}</Typography>}
          <Pagination rowsPerPageOptions={[25, 50, 100]} />
        </Card>
      )}
    </>
  );
}

function SearchField({ label }: { readonly label: string }) {
  const { filterValues, setFilters } = useListContext();
  const [typed, setTyped] = useState<string>(String(filterValues.q ?? ''));
  return (
    <TextField
      type="search"
      label={label}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value);
        setFilters(target.value === '' ? {} : { q: target.value });
      }}
    />
  );
}
