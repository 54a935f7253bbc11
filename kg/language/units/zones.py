"""Systems and zones with the names in front of them: 大兴安岭森林, 雄安新区, 包头市|高新区."""

from kg.language.units.offices import Offices


class Zones(Offices):
    """Reads the zones and systems of one folded text that agencies and branches are named for."""

    def named_zone(self, end: int, before: int) -> int:
        """Return where a system or zone with its name begins: 大兴安岭|森林, 雄安新区."""
        start = self.zone_start(end)
        if start == end or self.place_start(end, before) <= start:
            return end
        attached = self.gap_start(start, before)
        if attached < start:
            return attached
        named = before < start == self.place_start(start, before)
        return self.name_start(start, before) if named else start

    def zone_start(self, end: int) -> int:
        """Return where a system, and a zone before it, begin that touch ``end``."""
        start = self.systems.get(end, end)
        return self.zones.get(start, start)

    def zone_name(self, zone: int, before: int) -> int:
        """Return where the name in front of a zone begins, if it has one: 江北|新区, 高新区."""
        if self.places.ending_at(zone, before) is not None and self.opens(zone, before):
            return self._place_before_zone(zone, before)
        return self.name_start(zone, before)

    def _place_before_zone(self, zone: int, before: int) -> int:
        """Return ``zone`` behind an official region (包头市|高新区), else the name before it."""
        place = self.places.ending_at(zone, before)
        if place is None or place[1][-1] in "省市县旗盟州":
            return zone
        return place[0] if self.opens(place[0], before) else self.name_start(zone, before)
