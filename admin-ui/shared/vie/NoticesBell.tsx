import NotificationsIcon from '@mui/icons-material/Notifications';
import { Badge, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import { callApi } from '../http/api.ts';

const POLL_MS = 30_000;
const UNREAD = encodeURIComponent('{"unread":true}');

/** How many notices wait for me, and the way to them. */
export function NoticesBell() {
  const translate = useTranslate();
  const { data = 0 } = useQuery({
    queryKey: ['avis', 'unread'],
    queryFn: async ({ signal }) => {
      const { headers } = await callApi(`/avis?filter=${UNREAD}&range=[0,0]`, { signal });
      return Number(headers.get('Content-Range')?.split('/')[1] ?? 0);
    },
    refetchInterval: POLL_MS,
    retry: false,
  });
  const label = translate('vie.avis.bell', { smart_count: data });
  return (
    <Button component={Link} to="/avis" color="inherit" aria-label={label} title={label} sx={{ minWidth: 40 }}>
      <Badge badgeContent={data} color="error" max={999}>
        <NotificationsIcon fontSize="small" />
      </Badge>
    </Button>
  );
}
