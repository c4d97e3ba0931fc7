module "route_planner" {
  source = "../../modules/service"

  name          = "kestrel-route-planner"
  team          = "routing"
  instance_type = "r6i.xlarge" # graph in memory, as of the old planner
  cpu_target    = 60
  capacity = {
    min = 2
    max = 12
  }
}
