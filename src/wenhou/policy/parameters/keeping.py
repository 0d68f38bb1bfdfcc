"""How long what tells of people stays, and how soon somebody's request about it is answered."""

from wenhou.engine import standard

standard("keep_months_watch", unit="months", label="监测预警办结后的保存期")
standard("keep_months_gaps", unit="months", label="应享未享比对办结后的保存期")
standard("keep_months_verification", unit="months", label="经济状况核对办结后的保存期")
standard("keep_months_registers", unit="months", label="退出救助后登记的保存期")
standard("keep_months_visits", unit="months", label="走访记录的保存期")
standard("keep_months_looks", unit="months", label="查看留痕与账号的保存期")
standard("keep_months_rights", unit="months", label="个人信息请求办结后的保存期")
standard("publish_least_people", unit="count", label="公布统计每格的最少人数")
standard("personal_request_days", unit="days", label="个人信息请求的答复期限")
standard("personal_request_longer_days", unit="days", label="个人信息请求的延长期限")
